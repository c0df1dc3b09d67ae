import { useCallback, useLayoutEffect, useRef, useState } from "react";

/** As near to the end as this counts as being there. */
const NEAR_PX = 60;

/** Keeps a list scrolled to its end while one reads there, and leaves one alone who has scrolled up. */
export function useFollow(content: string) {
  const place = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [away, setAway] = useState(false);

  const toEnd = useCallback(() => {
    following.current = true;
    setAway(false);
    if (place.current) place.current.scrollTop = place.current.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    if (following.current) toEnd();
  }, [content, toEnd]);

  // A panel that is shown again, or made larger, keeps its end in sight.
  useLayoutEffect(() => {
    if (!place.current) return;
    const watch = new ResizeObserver(() => {
      if (following.current && place.current) place.current.scrollTop = place.current.scrollHeight;
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);

  const onScroll = useCallback(() => {
    const list = place.current;
    if (!list || list.clientHeight === 0) return;
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
    following.current = near;
    setAway(!near);
  }, []);

  return { place, onScroll, away, toEnd };
}
