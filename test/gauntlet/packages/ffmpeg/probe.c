#include "probe.h"

int main(void) {
  RUN("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=duration=1:rate=25:size=128x96", "-f", "lavfi", "-i", "sine=duration=1", "-c:v", "libx264", "-c:a",
      "aac", "/scratch/a.mp4");
  RUN("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=codec_name,nb_read_frames", "-of", "csv=p=0", "/scratch/a.mp4");
  CHECK(!strcmp(probe_output, "h264,25\n"), "read back %s", probe_output);
  RUN("ffmpeg", "-v", "error", "-i", "/scratch/a.mp4", "-frames:v", "1", "/scratch/a.png");
  RUN("ffmpeg", "-version");
  printf("one second: 25 frames of H.264 and AAC: %.*s\n", (int)strcspn(probe_output, "C"), probe_output);
  return 0;
}
