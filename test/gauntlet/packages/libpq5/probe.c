#include "probe.h"
#include <libpq-fe.h>

int main(void) {
  PGconn *connection = PQconnectdb("host=127.0.0.1 dbname=probe user=probe password=secret sslmode=require");
  CHECK(PQstatus(connection) == CONNECTION_OK, "%s", PQerrorMessage(connection));
  const char *values[] = {"40", "2"};
  PGresult *result = PQexecParams(connection, "SELECT $1::int + $2::int, current_user", 2, NULL, values, NULL, NULL, 0);
  CHECK(PQresultStatus(result) == PGRES_TUPLES_OK, "%s", PQerrorMessage(connection));
  CHECK(!strcmp(PQgetvalue(result, 0, 0), "42"), "%s", PQgetvalue(result, 0, 0));
  printf("PostgreSQL %s over %s says %s to %s\n", PQparameterStatus(connection, "server_version"),
         PQsslAttribute(connection, "protocol"), PQgetvalue(result, 0, 0), PQgetvalue(result, 0, 1));
  PQfinish(connection);
  return 0;
}
