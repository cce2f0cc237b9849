#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

// libFuzzer brings main; what it calls is Swift. A Swift executable would bring a main of its own.

void throng_fuzz_begin(void);
void throng_fuzz_run(const uint8_t *bytes, size_t count);

/// Seconds of CPU after which libFuzzer is asked to end, because its own limit is of time; 0 is none.
static double limit;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  const char *seconds = getenv("THRONG_FUZZ_SECONDS");
  if (seconds != NULL) limit = atof(seconds);
  throng_fuzz_begin();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  throng_fuzz_run(bytes, count);
  if (limit > 0 && (double)clock() / CLOCKS_PER_SEC > limit) raise(SIGUSR1);
  return 0;
}
