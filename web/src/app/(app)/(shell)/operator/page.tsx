import type { Metadata } from "next";
import { OperatorScreen } from "@/features/operator/operator-screen";

export const metadata: Metadata = { title: "Operator" };

export default function OperatorPage() {
  return <OperatorScreen />;
}
