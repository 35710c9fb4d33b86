/* Settings are found in a compiled file, and types of files in another. */
#include "probe.h"
#include <gio/gio.h>

int main(void) {
  setenv("GSETTINGS_BACKEND", "memory", 1);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default();
  CHECK(source && g_settings_schema_source_lookup(source, "org.gnome.system.proxy", TRUE), "the schemas are not compiled");
  GSettings *settings = g_settings_new("org.gnome.system.proxy");
  g_settings_set_strv(settings, "ignore-hosts", (const char *const[]){"probe.test", NULL});
  char **hosts = g_settings_get_strv(settings, "ignore-hosts");
  CHECK(!strcmp(hosts[0], "probe.test"), "ignore-hosts is %s", hosts[0]);
  char *mode = g_variant_print(g_settings_get_value(settings, "mode"), FALSE);
  CHECK(!strcmp(mode, "'none'"), "mode is %s", mode);
  printf("org.gnome.system.proxy has mode %s, and keeps what is set\n", mode);
  return 0;
}
