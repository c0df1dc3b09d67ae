import { LandingScreen } from "@/features/landing/landing-screen";

export default function LandingPage() {
  return <LandingScreen />;
}
