declare const brand: unique symbol;

/** A type with one door: only the file that declares the brand may cast to it (a house test holds this). */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
