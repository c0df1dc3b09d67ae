import type { NextConfig } from "next";

const dev = process.env.NODE_ENV === "development";
const backend = process.env.BACKEND_ORIGIN ?? "http://127.0.0.1:8000";

const nextConfig: NextConfig = {
  // `next dev` stays a server, because only a server can proxy to the backend.
  ...(dev ? {} : { output: "export" as const }),
  images: { unoptimized: true },
  poweredByHeader: false,
  agentRules: false,
  // Without a root, Next guesses one from whatever lock file lies above this folder.
  turbopack: { root: import.meta.dirname },
  ...(dev
    ? {
        async rewrites() {
          return [
            { source: "/api/:path*", destination: `${backend}/api/:path*` },
            { source: "/ws/:path*", destination: `${backend}/ws/:path*` },
          ];
        },
      }
    : {}),
};

export default nextConfig;
