import { redact, secretsOf } from "../words/redact.ts";

/**
 * From here on nothing is written to this stream with a secret of the environment in it, whoever writes and however it came into the
 * words: a key that was typed in the wrong place comes back in the message that says so (LINE-9). Results go to the other stream.
 */
export function keepSecretsFrom(stream: NodeJS.WriteStream): void {
  const secrets = secretsOf(process.env);
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean => {
    const safe = typeof chunk === "string" ? redact(chunk, secrets) : chunk;
    return typeof encoding === "string" ? write(safe, encoding, done) : write(safe, encoding ?? done);
  };
}

type Done = (fault?: Error | null) => void;
