/** What is wrong, where it was said, and what would be right. A fault of a whole file has an empty key. */
export type ConfigFault = {
  /** `countersign.yaml:12:5`, `env LEVERAGE`, `--set limits.spreadBpsMax` or `journal`. */
  readonly where: string;
  readonly key: string;
  readonly problem: string;
  readonly fix: string;
};

export const faultLine = ({ where, key, problem, fix }: ConfigFault): string =>
  `${where}: ${key === "" ? "" : `${key}: `}${problem}; ${fix}`;

/** Values go into faults short: one may be a whole pasted paragraph. */
export const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text);
