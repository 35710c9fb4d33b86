/* What probes share. A probe is a program of an image without shell: it prints what it saw and ends with 0, or says what is wrong and ends with 1. */
#ifndef PROBE_H
#define PROBE_H
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define CHECK(condition, ...) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "probe: " __VA_ARGS__); \
      fprintf(stderr, " (%s)\n", #condition); \
      exit(1); \
    } \
  } while (0)

static char probe_output[1 << 20];

/* Runs a program found by PATH and returns its exit code; what it wrote to standard output and error is in probe_output. */
static inline int run(const char *program, ...) {
  char *words[64] = {(char *)program};
  va_list list;
  va_start(list, program);
  for (int n = 1; n < 63 && (words[n] = va_arg(list, char *)); n++) continue;
  va_end(list);
  int ends[2], status;
  CHECK(pipe(ends) == 0, "no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  pid_t child;
  int error = posix_spawnp(&child, program, &actions, NULL, words, environ);
  CHECK(error == 0, "%s can't be started: %s", program, strerror(error));
  close(ends[1]);
  size_t size = 0;
  for (ssize_t got; size < sizeof probe_output - 1 && (got = read(ends[0], probe_output + size, sizeof probe_output - 1 - size)) > 0;) size += got;
  probe_output[size] = 0;
  close(ends[0]);
  CHECK(waitpid(child, &status, 0) == child, "%s is lost", program);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* The same for a program that must end well. */
#define RUN(...) \
  do { \
    int code = run(__VA_ARGS__, NULL); \
    CHECK(code == 0, "%s: exit code %d: %s", #__VA_ARGS__, code, probe_output); \
  } while (0)

static inline void write_file(const char *path, const void *bytes, size_t size) {
  FILE *file = fopen(path, "w");
  CHECK(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0, "%s can't be written", path);
}

static inline void write_text(const char *path, const char *text) { write_file(path, text, strlen(text)); }

/* The content of a file, with a zero behind it. */
static inline char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "r");
  CHECK(file, "%s is not there", path);
  char *bytes = malloc(1 << 24);
  *size = fread(bytes, 1, (1 << 24) - 1, file);
  bytes[*size] = 0;
  fclose(file);
  return bytes;
}

/* Counts the dark pixels of a binary PPM file (P6, one byte a channel), as a renderer writes it. */
static inline long dark_pixels(const char *path) {
  size_t size;
  unsigned char *bytes = (unsigned char *)read_file(path, &size);
  long dark = 0;
  CHECK(size > 100 && !memcmp(bytes, "P6", 2), "%s is no PPM file", path);
  for (size_t i = size % 3 + 60; i + 2 < size; i += 3) dark += bytes[i] < 64;
  return dark;
}
#endif
