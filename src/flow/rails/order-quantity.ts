import { notional } from "../../words/money.ts";
import { toLot } from "../../words/quantity.ts";
import { sizeOf } from "./fractions.ts";
import { beyond } from "./room.ts";
import { pass } from "./say.ts";
import type { Rail } from "./verdict.ts";

/** The venue's own cap, so exits are held to it as well: a larger one goes in parts. */
export const orderQuantity: Rail = {
  code: "order_quantity",
  title: "Order quantity",
  against: "more contracts than the venue takes in one order",
  judges: "all",
  compares: "the order's quantity with the instrument's largest",
  limits: [],
  refuses: ["order_quantity"],
  check: (scene) => {
    const { instrument, quantity, price } = scene.candidate;
    if (quantity <= instrument.maxQuantity) return pass("order_quantity", "quantity", quantity, instrument.maxQuantity);
    const most = toLot(instrument.maxQuantity, instrument.lot, "down");
    const room = sizeOf(notional(price, most, instrument.multiplier, "down"));
    return beyond("order_quantity", scene, "quantity", quantity, instrument.maxQuantity, room);
  },
};
