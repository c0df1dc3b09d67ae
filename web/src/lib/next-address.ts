/** Where to go after signing in: `?next=`, if it is an address of ours. Anything else could lead to another site. */
export function nextAddress(wanted: string | null, fallback = "/dashboard"): string {
  if (!wanted?.startsWith("/")) return fallback;
  const origin = "http://mockloop.invalid";
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : null;
  if (url?.origin !== origin) return fallback;
  const signIn = url.pathname === "/login" || url.pathname === "/signup";
  return signIn ? fallback : url.pathname + url.search + url.hash;
}

/** The sign-in page that leads back to `address`. */
export function loginAddress(address: string, page: "/login" | "/signup" = "/login"): string {
  return address === "/dashboard" ? page : `${page}?${new URLSearchParams({ next: address })}`;
}
