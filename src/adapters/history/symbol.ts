/** A crypto pair as the store names it, with its two halves. */
export type Pair = { readonly symbol: string; readonly base: string; readonly quote: string };

const quotes = ["USDT", "USDC", "FDUSD", "BUSD", "TUSD", "USDP", "DAI", "USD", "EUR", "GBP", "JPY", "TRY", "BRL", "BTC", "ETH", "BNB"];

/** `BTC-USDT`, `BTC_USDT`, `BTC/USDT:USDT` (freqtrade: `BTC_USDT_USDT`) and `btcusdt` are one pair; undefined where no quote is known. */
export function pairOf(text: string): Pair | undefined {
  const parts = text.toUpperCase().split(/[-_/:]/);
  const [first = "", second] = parts;
  if (second !== undefined) return first === "" || second === "" ? undefined : { symbol: first + second, base: first, quote: second };
  const quote = quotes.find((word) => first.endsWith(word) && first.length > word.length);
  return quote === undefined ? undefined : { symbol: first, base: first.slice(0, -quote.length), quote };
}
