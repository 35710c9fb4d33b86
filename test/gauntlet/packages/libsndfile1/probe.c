#include "probe.h"
#include <math.h>
#include <sndfile.h>

enum { RATE = 44100 };
static float wave[RATE], again[RATE];

int main(void) {
  for (int i = 0; i < RATE; i++) wave[i] = 0.5f * sinf(i * 2 * (float)M_PI * 440 / RATE);
  const struct { const char *path; int format; double limit; } kinds[] = {
      {"/scratch/a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 0.0001},
      {"/scratch/a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 0.0001},
      {"/scratch/a.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 0.2},
      {"/scratch/a.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 0.9},
  };
  for (int i = 0; i < 4; i++) {
    SF_INFO info = {.samplerate = RATE, .channels = 1, .format = kinds[i].format}, found = {0};
    SNDFILE *file = sf_open(kinds[i].path, SFM_WRITE, &info);
    CHECK(file && sf_write_float(file, wave, RATE) == RATE && sf_close(file) == 0, "%s: %s", kinds[i].path, sf_strerror(file));
    file = sf_open(kinds[i].path, SFM_READ, &found);
    CHECK(file && sf_read_float(file, again, RATE) > RATE * 9 / 10 && found.samplerate == RATE, "%s can't be read", kinds[i].path);
    double worst = 0;
    for (int k = 0; k < RATE * 9 / 10; k++) worst = fmax(worst, fabs(wave[k] - again[k]));
    CHECK(worst < kinds[i].limit, "%s differs by %f", kinds[i].path, worst);
    sf_close(file);
  }
  printf("one second of 440 Hz went through wav, flac, ogg and mp3\n");
  return 0;
}
