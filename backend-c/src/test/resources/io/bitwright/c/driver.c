/* Feeds networks from files; traced tensors and outputs go to files. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *in, *out, *trace;
static uint8_t *arena;
static size_t arena_bytes;

static FILE *open_file(const char *name, const char *suffix, const char *mode)
{
    char path[64];
    FILE *file;
    snprintf(path, sizeof path, "%s.%s", name, suffix);
    file = fopen(path, mode);
    if (file == NULL) {
        abort();
    }
    return file;
}

static void bw_record(int32_t index, const void *data, int32_t bytes)
{
    fwrite(&index, sizeof index, 1, trace);
    fwrite(&bytes, sizeof bytes, 1, trace);
    fwrite(data, 1, (size_t)bytes, trace);
}
#define BW_TRACE(index, data, bytes) bw_record(index, data, bytes)

static void begin(const char *name, size_t bytes)
{
    in = open_file(name, "in", "rb");
    out = open_file(name, "out", "wb");
    trace = open_file(name, "trace", "wb");
    arena_bytes = bytes;
    arena = malloc(bytes);
}

static void next(void)
{
    memset(arena, 0xa5, arena_bytes);
    bw_record(-1, "", 0);
}

static void take(void *to, size_t bytes)
{
    if (fread(to, 1, bytes, in) != bytes) {
        abort();
    }
}

static void give(const void *from, size_t bytes)
{
    fwrite(from, 1, bytes, out);
}

static void end(void)
{
    fclose(in);
    fclose(out);
    fclose(trace);
    free(arena);
}

