/** GICS-like sectors of shares and funds that desks often trade, by symbol: the configuration adds to it and overrules it. */
const members = {
  communication: "CHL CHTR GOOG GOOGL META NFLX DIS T VZ XLC",
  "consumer-discretionary": "AMZN BABA F GM HD MCD NKE SBUX TM TSLA XLY",
  "consumer-staples": "COST KO MO PEP PG PM UL WMT XLP",
  energy: "COP CVX PTR RDS-A RDS-B SLB SNP TOT XLE XOM",
  financials: "AXP BAC BCH BRK-A BRK-B BSAC C GS HRG HSBC JPM MS SPLP V MA WFC XLF",
  "health-care": "ABBV AMGN CELG DHR GILD JNJ LLY MDT MRK NVS PFE SNY UNH XLV",
  industrials: "BA CAT CODI GD GE HON LMT MMM PICO RTX UNP UPS UTX XLI",
  materials: "BBL BHP DOW LIN XLB",
  technology: "AAPL AMD CSCO IBM INTC MSFT NVDA ORCL TSM XLK",
  utilities: "AEP D DUK EXC NEE NGG PCG SO SRE XLU",
  "broad-market": "DIA EEM EWJ FXI IVV IWM QQQ SPY VOO VTI",
  "government-bonds": "AGG BND IEF SHY TLT",
  "high-yield-bonds": "HYG JNK",
  commodities: "DBA DBC UNG USO",
  "precious-metals": "GDX GLD IAU SLV",
  currencies: "FXE FXY UUP",
} as const;

const bySymbol: ReadonlyMap<string, string> = new Map(
  Object.entries(members).flatMap(([sector, symbols]) => symbols.split(" ").map((symbol) => [symbol, sector] as const)),
);

/** The sector of a symbol: as given, or as is known here. */
export const sectorOf = (symbol: string, given: ReadonlyMap<string, string>): string | undefined =>
  given.get(symbol) ?? bySymbol.get(symbol);
