/* SPDX-License-Identifier: 0BSD */
/*
 * ${network.source}, compiled for ${network.board}.
 *
 *     ${network.macro}_ALIGNED static uint8_t arena[${network.macro}_ARENA_BYTES];
 *
 *     memcpy(${network.inputs[0].function}(arena), data, ${network.inputs[0].macro}_BYTES);
 *     ${network.name}_invoke(arena);
 *     result = ${network.outputs[0].function}(arena);
 *
 * Inputs do not survive an inference: write them again before the next. Compile ${network.name}.c with
 * ${network.macro}_STATIC_ARENA defined to have it bring an arena of its own, ${network.name}_arena.
 */
#ifndef ${network.macro}_H
#define ${network.macro}_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Working memory of an inference, inputs and outputs included. */
#define ${network.macro}_ARENA_BYTES ${network.arenaBytes}
#define ${network.macro}_ARENA_ALIGNMENT 16
#if defined(__GNUC__)
#define ${network.macro}_ALIGNED __attribute__((aligned(${network.macro}_ARENA_ALIGNMENT)))
#elif defined(__cplusplus) && __cplusplus >= 201103L
#define ${network.macro}_ALIGNED alignas(${network.macro}_ARENA_ALIGNMENT)
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define ${network.macro}_ALIGNED _Alignas(${network.macro}_ARENA_ALIGNMENT)
#else
#define ${network.macro}_ALIGNED /* no portable way: align the arena by other means */
#endif

/* Constant data, in bytes: weights, biases, tables. It can stay in flash. */
#define ${network.macro}_CONSTANT_BYTES ${network.constantBytes}

<#list network.inputs as port>
/* ${port.label} ${port.source}: ${port.shape} ${port.type} */
#define ${port.macro}_ELEMENTS ${port.elements}
#define ${port.macro}_BYTES ${port.bytes}
#define ${port.macro}_SHAPE "${port.shape}"
<#if port.quantized>
#define ${port.macro}_SCALE ${port.scale}
#define ${port.macro}_ZERO_POINT (${port.zeroPoint})
</#if>

</#list>
<#list network.outputs as port>
/* ${port.label} ${port.source}: ${port.shape} ${port.type} */
#define ${port.macro}_ELEMENTS ${port.elements}
#define ${port.macro}_BYTES ${port.bytes}
#define ${port.macro}_SHAPE "${port.shape}"
<#if port.quantized>
#define ${port.macro}_SCALE ${port.scale}
#define ${port.macro}_ZERO_POINT (${port.zeroPoint})
</#if>

</#list>
#ifdef ${network.macro}_STATIC_ARENA
extern uint8_t ${network.name}_arena[${network.macro}_ARENA_BYTES];
#endif

<#list network.inputs as port>
static inline ${port.type} *${port.function}(uint8_t *arena)
{
    return ${port.pointer};
}

</#list>
<#list network.outputs as port>
static inline const ${port.type} *${port.function}(uint8_t *arena)
{
    return ${port.pointer};
}

</#list>
/* One inference in the caller's arena. Networks and arenas are independent: nothing is kept between calls. */
void ${network.name}_invoke(uint8_t *arena);

#ifdef __cplusplus
}
#endif

#endif
