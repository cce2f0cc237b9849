#pragma once

// A function exists once per instruction set, and the loader picks one: too early for a sanitizer, whose memory is not there yet.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CK_CLONES
#elif defined(__x86_64__) && defined(__linux__)
#define CK_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CK_CLONES
#endif
