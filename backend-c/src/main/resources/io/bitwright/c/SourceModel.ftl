/* SPDX-License-Identifier: 0BSD */
/* ${network.source}: the network's kernels, in the order in which they run. */
#include "${network.name}.h"
#include "${network.name}_weights.h"
<#if network.real>
#include <float.h>
</#if>
<#if usesMath>
#include <math.h>
</#if>
<#if usesString>
#include <string.h>
</#if>

/*
 * Called after each source operator with its index in the model file and its output as stored; the codes of unsigned
 * tensors are stored less 128.
 */
#ifndef BW_TRACE
#define BW_TRACE(index, data, bytes) ((void)0)
<#if gathers>
#else
static uint8_t ${network.name}_traced[${gatherBytes}]; /* for tensors that lie in memory with gaps */
<#list gatherings as gathering>

static const uint8_t *${gathering.name}(const uint8_t *arena)
{
    uint8_t *const to = ${network.name}_traced;
<#list gathering.copy.loops as loop>
    for (int32_t ${loop.name} = 0; ${loop.name} < ${loop.extent}; ${loop.name}++) {
</#list>
    memcpy(${gathering.copy.to}, ${gathering.copy.from}, ${gathering.copy.bytes});
<#list gathering.copy.loops as loop>
    }
</#list>
    return to;
}
</#list>
</#if>
#endif

/*
 * Kernels are compiled each on its own: inlined into one function they would compete for registers. Besides, gcc 12 takes some
 * loops whose arrays share a base, as all do in the arena, for free of effects, and drops their calls: noipa forbids it to
 * reason about them.
 */
#ifndef BW_KERNEL
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 8
#define BW_KERNEL static __attribute__((noipa))
#elif defined(__GNUC__)
#define BW_KERNEL static __attribute__((noinline))
#else
#define BW_KERNEL static
#endif
#endif

/* Right shifts of negative numbers round down on every compiler we know; this fails to compile elsewhere. */
typedef char ${network.name}_shifts_are_arithmetic[(-3 >> 1) == -2 && ((int64_t)-3 >> 1) == -2 ? 1 : -1];
<#if network.real>

/* Float results are exact to the bit: no operation may be contracted or computed in a wider type. */
#if FLT_EVAL_METHOD != 0
#error "compile for a target that computes float in float (on 32-bit x86: -msse2 -mfpmath=sse)"
#endif
#if !defined(__GNUC__) || defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif
</#if>
<#if leadingZeros>

/* Leading zeros of a value that is not 0. */
static inline int32_t ${network.name}_leading_zeros(uint32_t value)
{
#ifdef __GNUC__
    return sizeof(int) == 4 ? __builtin_clz((unsigned int)value) : __builtin_clzl((unsigned long)value);
#else
    int32_t zeros = 0;
    while ((value >> 31) == 0) {
        value <<= 1;
        zeros++;
    }
    return zeros;
#endif
}
</#if>
<#if floatOfBits>

static inline float ${network.name}_float_of_bits(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}
</#if>
<#if bitsOfFloat>

/* The bit pattern of a float without its sign. */
static inline uint32_t ${network.name}_bits_of_float(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits & 0x7fffffffu;
}
</#if>
<#if flips>

/* Between the model's unsigned codes and the signed ones that kernels use. */
static void ${network.name}_flip(uint8_t *data, int32_t bytes)
{
    for (int32_t i = 0; i < bytes; i++) {
        data[i] = (uint8_t)(data[i] ^ 0x80);
    }
}
</#if>

<#list kernels as kernel>
${kernel}
</#list>
void ${network.name}_invoke(uint8_t *arena)
{
<#if idle>
    (void)arena;
</#if>
<#list before as tensor>
    ${network.name}_flip(arena + ${tensor.offset}, ${tensor.bytes});
</#list>
<#list inputTraces as trace>
    BW_TRACE(${trace.operator}, ${trace.data}, ${trace.bytes});
</#list>
<#list steps as step>
<#if step.images gt 1>
    for (int32_t n = 0; n < ${step.images}; n++)
</#if>
<#if step.rows gt 1>
    for (int32_t y = 0; y < ${step.rows}; y++) {
        ${step.call}
    }
<#elseif step.images gt 1>
    {
        ${step.call}
    }
<#else>
    ${step.call}
</#if>
<#list step.traces as trace>
    BW_TRACE(${trace.operator}, ${trace.data}, ${trace.bytes});
</#list>
</#list>
<#list after as tensor>
    ${network.name}_flip(arena + ${tensor.offset}, ${tensor.bytes});
</#list>
}

#ifdef ${network.macro}_STATIC_ARENA
${network.macro}_ALIGNED uint8_t ${network.name}_arena[${network.macro}_ARENA_BYTES];
#endif
