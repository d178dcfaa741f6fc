// The native accelerator: the kernels of this folder's parent as machine code, on the heap of TensorFlow.js's WebAssembly
// back end. Compiled once a kind of processor; the best one that this machine has is taken when the addon loads.
#include "call.h"
#include <stdlib.h>

extern const struct entry avx512[], avx2[], neon[];

struct choice {
  const struct entry *entries;
  const char *features;
};

static struct choice choose(void) {
  struct choice choice = {NULL, ""};
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    choice = (struct choice){avx512, "avx512"};
  else if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) choice = (struct choice){avx2, "avx2 fma"};
#elif defined(__aarch64__)
  choice = (struct choice){neon, "neon"};
#endif
  return choice;
}

// attach(buffer): the WebAssembly memory's buffer, again whenever it has grown.
static napi_value attach(napi_env env, napi_callback_info info) {
  napi_value buffer;
  size_t count = 1, bytes;
  void *data = NULL, *base = NULL;
  napi_get_cb_info(env, info, &count, &buffer, NULL, &data);
  struct heap *heap = data;
  if (napi_get_arraybuffer_info(env, buffer, &base, &bytes) != napi_ok) {
    napi_throw_type_error(env, NULL, "attach takes an ArrayBuffer");
    return NULL;
  }
  heap->base = base;
  return NULL;
}

static void release(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  free(data);
}

static void name_function(napi_env env, napi_value exports, const char *name, napi_callback call, void *data) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, call, data, &function);
  napi_set_named_property(env, exports, name, function);
}

static void name_text(napi_env env, napi_value exports, const char *name, const char *text) {
  napi_value value;
  napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &value);
  napi_set_named_property(env, exports, name, value);
}

NAPI_MODULE_INIT() {
  struct choice choice = choose();
  name_text(env, exports, "features", choice.features);
  name_text(env, exports, "sources", SOURCES);
  name_text(env, exports, "build", BUILD);
  name_text(env, exports, "compiler", COMPILER);
  if (choice.entries == NULL) return exports;
  struct heap *heap = calloc(1, sizeof *heap);
  if (heap == NULL || napi_set_instance_data(env, heap, release, NULL) != napi_ok) return NULL;
  name_function(env, exports, "attach", attach, heap);
  for (const struct entry *entry = choice.entries; entry->name != NULL; entry++)
    name_function(env, exports, entry->name, entry->call, heap);
  return exports;
}
