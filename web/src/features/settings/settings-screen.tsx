"use client";

import { AccountSection } from "./account-section";
import { ModelsSection } from "./models-section";
import { UsageSection } from "./usage-section";
import { useModels } from "./use-models";
import { PageHeading } from "@/components/layout/page-heading";
import { ScreenError } from "@/components/layout/screen-error";
import { Skeleton } from "@/components/ui/skeleton";

export function SettingsScreen() {
  const { data, error, refetch } = useModels();
  if (!data && error) {
    return <ScreenError title="Your settings could not be loaded" error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <PageHeading title="Settings" />
      <div className="flex max-w-3xl flex-col gap-14">
        {data ? (
          <ModelsSection models={data} />
        ) : (
          <div aria-busy="true">
            <p role="status" className="sr-only">
              Loading your settings
            </p>
            <Skeleton className="h-40" />
          </div>
        )}
        <UsageSection />
        <AccountSection />
      </div>
    </>
  );
}
