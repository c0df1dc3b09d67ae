import type { Metadata, Viewport } from "next";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { OfflineBanner } from "@/components/layout/offline-banner";
import { mono, sans } from "@/lib/fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "MockLoop: practise a coding interview", template: "%s · MockLoop" },
  description:
    "Sit a timed coding interview in your browser, with an interviewer that asks and follows up, and read marks that show their evidence. Open source, on your own machine.",
  robots: { index: true, follow: true },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f5f4ef" },
    { media: "(prefers-color-scheme: dark)", color: "#151512" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning data-scroll-behavior="smooth" className={`${sans.variable} ${mono.variable}`}>
      <body className="min-h-dvh">
        <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange>
          <OfflineBanner />
          {children}
        </ThemeProvider>
      </body>
    </html>
  );
}
