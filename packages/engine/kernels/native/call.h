// From a JavaScript call to a kernel: every argument is a number, an address being an offset into the WebAssembly heap.
#pragma once
#include <node_api.h>
#include <stddef.h>
#include <stdint.h>

struct entry {
  const char *name;
  napi_callback call;
};

// Where the heap of this thread's engine lies; each thread has an engine, and so a heap, of its own.
struct heap {
  char *base;
};

#define MOST_ARGUMENTS 24

// Reads the arguments as numbers, zero where one is missing. Returns the heap, or null with an exception pending.
static inline char *read_arguments(napi_env env, napi_callback_info info, size_t wanted, double *numbers) {
  napi_value given[MOST_ARGUMENTS];
  size_t count = wanted;
  void *data = NULL;
  napi_get_cb_info(env, info, &count, given, NULL, &data);
  for (size_t i = 0; i < wanted; i++)
    if (napi_get_value_double(env, given[i], &numbers[i]) != napi_ok) {
      napi_throw_type_error(env, NULL, "a kernel takes numbers only, as many as it has parameters");
      return NULL;
    }
  if (((struct heap *)data)->base == NULL) napi_throw_error(env, NULL, "no heap is attached");
  return ((struct heap *)data)->base;
}

// Addresses are 32 bits wide, as in WebAssembly; Emscripten gives those of the upper half as negative numbers.
#define ADDRESS(at) (heap + (uint32_t)(int64_t)v[at])
#define P(at) ((float *)ADDRESS(at))
#define I(at) ((int *)ADDRESS(at))
#define N(at) ((int)v[at])
#define F(at) ((float)v[at])

// A kernel that returns nothing, and one that returns a number.
#define CALL(name, arguments, call)                                       \
  static napi_value name##_call(napi_env env, napi_callback_info info) {  \
    double v[MOST_ARGUMENTS];                                             \
    char *heap = read_arguments(env, info, arguments, v);                 \
    if (heap != NULL) call;                                               \
    return NULL;                                                          \
  }
#define ASK(name, arguments, call)                                        \
  static napi_value name##_call(napi_env env, napi_callback_info info) {  \
    double v[MOST_ARGUMENTS];                                             \
    napi_value answer = NULL;                                             \
    char *heap = read_arguments(env, info, arguments, v);                 \
    if (heap != NULL) napi_create_double(env, (double)(call), &answer);   \
    return answer;                                                        \
  }
