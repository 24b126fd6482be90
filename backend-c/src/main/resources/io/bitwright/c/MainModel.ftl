/* SPDX-License-Identifier: 0BSD */
/* Runs ${network.name} over files of raw tensors, as many inferences as the input files hold. */
#define _POSIX_C_SOURCE 199309L
#include "${network.name}.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

${network.macro}_ALIGNED static uint8_t arena[${network.macro}_ARENA_BYTES];

#define FILES ${network.files}

static double seconds(void)
{
#ifdef CLOCK_MONOTONIC
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
#else
    return (double)clock() / (double)CLOCKS_PER_SEC;
#endif
}

static void fail(const char *text, const char *path)
{
    fprintf(stderr, "${network.name}: %s %s\n", text, path);
    exit(1);
}

/* Whether a whole tensor was read; false at the end of the file. */
static int read_tensor(FILE *file, const char *path, void *to, size_t bytes)
{
    const size_t got = fread(to, 1, bytes, file);
    if (got != 0 && got != bytes) {
        fail("the last tensor is not complete in", path);
    }
    return got == bytes;
}

static void write_tensor(FILE *file, const char *path, const void *from, size_t bytes)
{
    if (fwrite(from, 1, bytes, file) != bytes) {
        fail("cannot write", path);
    }
}

/* Reads the inputs of one inference; false where the files end. */
static int read_inputs(FILE **files, char **paths)
{
    int read = 0;
<#list network.inputs as port>
    read += read_tensor(files[${port?index}], paths[${port?index}], ${port.function}(arena), ${port.macro}_BYTES);
</#list>
    if (read != 0 && read != ${network.inputs?size}) {
        fail("the input files hold different numbers of tensors:", paths[0]);
    }
    return read != 0;
}

static void write_outputs(FILE **files, char **paths)
{
<#list network.outputs as port>
    write_tensor(files[${port?index}], paths[${port?index}], ${port.function}(arena), ${port.macro}_BYTES);
</#list>
}

int main(int argc, char **argv)
{
    FILE *files[FILES];
    double total = 0.0;
    long inferences = 0;

    if (argc != FILES + 1) {
        fprintf(stderr, "usage: %s<#list network.inputs as port> ${port.label}.bin</#list><#list network.outputs as port> ${port.label}.bin</#list>\n", argc > 0 ? argv[0] : "${network.name}");
<#list network.inputs as port>
        fprintf(stderr, "  ${port.label}.bin: one or more tensors of ${port.bytes} bytes (${port.shape} ${port.type})\n");
</#list>
<#list network.outputs as port>
        fprintf(stderr, "  ${port.label}.bin: written, ${port.bytes} bytes an inference (${port.shape} ${port.type})\n");
</#list>
        return 2;
    }
    for (int i = 0; i < FILES; i++) {
        files[i] = fopen(argv[i + 1], i < ${network.inputs?size} ? "rb" : "wb");
        if (files[i] == NULL) {
            fail("cannot open", argv[i + 1]);
        }
    }
    while (read_inputs(files, argv + 1)) {
        const double start = seconds();
        ${network.name}_invoke(arena);
        total += seconds() - start;
        write_outputs(files + ${network.inputs?size}, argv + 1 + ${network.inputs?size});
        inferences++;
    }
    for (int i = 0; i < FILES; i++) {
        if (fclose(files[i]) != 0) {
            fail("cannot write", argv[i + 1]);
        }
    }
    printf("%ld inferences, %.0f ns each\n", inferences, inferences == 0 ? 0.0 : total * 1e9 / (double)inferences);
    return 0;
}
