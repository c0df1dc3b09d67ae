import { Hero } from "./hero";
import { HalfHour } from "./half-hour";
import { Marks } from "./marks";
import { PublicFooter, PublicHeader } from "./public-frame";
import { SampleScorecard } from "./sample-scorecard";
import { YourData } from "./your-data";

export function LandingScreen() {
  return (
    <>
      <PublicHeader />
      <main id="content" className="mx-auto max-w-6xl px-4 sm:px-8">
        <Hero />
        <HalfHour />
        <SampleScorecard />
        <Marks />
        <YourData />
      </main>
      <PublicFooter />
    </>
  );
}
