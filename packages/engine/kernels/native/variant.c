// All kernels, compiled for one kind of processor into a table of functions that JavaScript calls. build: once a kind,
// with that kind's flags and its name as VARIANT.
#include "call.h"
#define EXPORT(name) static
#include "../attention.c"
#include "../decode.c"
#include "../elementwise.c"
#include "../normalise.c"
#include "../optimise.c"
#include "../rows.c"
#include "matmul.c"

CALL(adamw, 14, adamw(P(0), P(1), P(2), P(3), N(4), F(5), F(6), F(7), F(8), F(9), F(10), F(11), F(12), F(13)))
CALL(add_into, 3, add_into(P(0), P(1), N(2)))
CALL(attention, 13, attention(P(0), P(1), P(2), P(3), P(4), N(5), N(6), N(7), N(8), N(9), N(10), F(11), P(12)))
CALL(attention_gradient, 17, attention_gradient(P(0), P(1), P(2), P(3), P(4), P(5), P(6), P(7), P(8), N(9), N(10), N(11), N(12), N(13), N(14), F(15), P(16)))
CALL(cached_attention, 16, cached_attention(P(0), I(1), I(2), P(3), P(4), P(5), P(6), P(7), N(8), N(9), N(10), N(11), N(12), N(13), F(14), P(15)))
CALL(copy_rows, 6, copy_rows(P(0), N(1), P(2), N(3), N(4), N(5)))
CALL(gelu, 3, gelu(P(0), P(1), N(2)))
CALL(gelu_gradient, 4, gelu_gradient(P(0), P(1), P(2), N(3)))
CALL(layer_norm, 9, layer_norm(P(0), P(1), P(2), P(3), P(4), P(5), N(6), N(7), F(8)))
CALL(layer_norm_gradient, 10, layer_norm_gradient(P(0), P(1), P(2), P(3), P(4), P(5), P(6), P(7), N(8), N(9)))
CALL(matmul, 9, matmul(P(0), P(1), P(2), N(3), N(4), N(5), N(6), N(7), P(8)))
CALL(rms_norm, 7, rms_norm(P(0), P(1), P(2), P(3), N(4), N(5), F(6)))
CALL(rms_norm_gradient, 8, rms_norm_gradient(P(0), P(1), P(2), P(3), P(4), P(5), N(6), N(7)))
CALL(rotary, 11, rotary(P(0), P(1), P(2), P(3), N(4), N(5), N(6), N(7), N(8), N(9), F(10)))
CALL(segment_sum, 6, segment_sum(P(0), I(1), P(2), N(3), N(4), N(5)))
CALL(swiglu, 4, swiglu(P(0), P(1), P(2), N(3)))
CALL(swiglu_gradient, 6, swiglu_gradient(P(0), P(1), P(2), P(3), P(4), N(5)))
CALL(token_log_probs_gradient, 7, token_log_probs_gradient(P(0), P(1), I(2), P(3), P(4), N(5), N(6)))
ASK(gather_rows, 6, gather_rows(P(0), I(1), P(2), N(3), N(4), N(5)))
ASK(matmul_scratch, 0, matmul_scratch())
ASK(sum_of_squares, 2, sum_of_squares(P(0), N(1)))
ASK(token_log_probs, 6, token_log_probs(P(0), I(1), P(2), P(3), N(4), N(5)))

#define ENTRY(name) {#name, name##_call}
const struct entry VARIANT[] = {
    ENTRY(adamw), ENTRY(add_into), ENTRY(cached_attention), ENTRY(attention), ENTRY(attention_gradient), ENTRY(copy_rows), ENTRY(gather_rows), ENTRY(gelu),
    ENTRY(gelu_gradient), ENTRY(layer_norm), ENTRY(layer_norm_gradient), ENTRY(matmul), ENTRY(matmul_scratch), ENTRY(rms_norm), ENTRY(rms_norm_gradient), ENTRY(rotary), ENTRY(segment_sum),
    ENTRY(sum_of_squares), ENTRY(swiglu), ENTRY(swiglu_gradient), ENTRY(token_log_probs),
    ENTRY(token_log_probs_gradient), {0, 0},
};
