#include "probe.h"
#include <sqlite3.h>

int main(void) {
  sqlite3 *database;
  sqlite3_stmt *query;
  char *message = NULL;
  CHECK(sqlite3_open("/scratch/probe.db", &database) == SQLITE_OK, "not opened");
  const char *steps = "PRAGMA journal_mode=WAL; CREATE VIRTUAL TABLE note USING fts5(text); INSERT INTO note VALUES ('a hardened image'), ('a plain one');";
  CHECK(sqlite3_exec(database, steps, NULL, NULL, &message) == SQLITE_OK, "%s", message);
  CHECK(sqlite3_prepare_v2(database, "SELECT text, json_extract('{\"a\":[1,42]}', '$.a[1]') FROM note WHERE note MATCH ?", -1, &query, NULL) == SQLITE_OK, "%s",
        sqlite3_errmsg(database));
  sqlite3_bind_text(query, 1, "hard*", -1, SQLITE_STATIC);
  CHECK(sqlite3_step(query) == SQLITE_ROW, "%s", sqlite3_errmsg(database));
  CHECK(sqlite3_column_int(query, 1) == 42, "no JSON");
  printf("full text search found \"%s\"\n", sqlite3_column_text(query, 0));
  CHECK(sqlite3_step(query) == SQLITE_DONE, "more than one row");
  return 0;
}
