// Preloaded for the sanitizer of threads by `make sanitize`. Where a Mutex of Swift is wanted by several threads at once, its library takes
// it and gives it back with the kernel's help, and that library is built without the sanitizer, which then calls whatever
// the mutex guards a race. Here it is told.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define swiftcall __attribute__((swiftcall))
#define mutex_self __attribute__((swift_context)) void *self

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

// Absent in the tools that a test runs.
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

typedef swiftcall void (*lock_function)(uint32_t, mutex_self);
typedef swiftcall bool (*try_lock_function)(mutex_self);
typedef swiftcall void (*unlock_function)(mutex_self);

swiftcall void lock(uint32_t id, mutex_self) __asm__(LOCK);
swiftcall void lock(uint32_t id, mutex_self) {
  ((lock_function)dlsym(RTLD_NEXT, LOCK))(id, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

swiftcall bool try_lock(mutex_self) __asm__(TRY_LOCK);
swiftcall bool try_lock(mutex_self) {
  const bool taken = ((try_lock_function)dlsym(RTLD_NEXT, TRY_LOCK))(self);
  if (taken && __tsan_acquire) __tsan_acquire(self);
  return taken;
}

swiftcall void unlock(mutex_self) __asm__(UNLOCK);
swiftcall void unlock(mutex_self) {
  if (__tsan_release) __tsan_release(self);
  ((unlock_function)dlsym(RTLD_NEXT, UNLOCK))(self);
}
