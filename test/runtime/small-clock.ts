/** A clock that starts at `now` ms and moves when somebody sleeps. */
export function smallClock(now = 0) {
  return {
    monotonic: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}
