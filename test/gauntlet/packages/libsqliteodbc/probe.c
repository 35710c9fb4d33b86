/* The driver is found by the name under which it is registered. */
#include "probe.h"
#include <sql.h>
#include <sqlext.h>

int main(void) {
  SQLHENV environment;
  SQLHDBC connection;
  SQLHSTMT statement;
  SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment);
  SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (void *)SQL_OV_ODBC3, 0);
  SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection);
  SQLRETURN code =
      SQLDriverConnect(connection, NULL, (SQLCHAR *)"Driver={SQLite3};Database=/scratch/probe.db", SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT);
  SQLCHAR state[6] = "", message[512] = "", text[32] = "";
  SQLINTEGER native = 0;
  if (!SQL_SUCCEEDED(code)) SQLGetDiagRec(SQL_HANDLE_DBC, connection, 1, state, &native, message, sizeof message, NULL);
  CHECK(SQL_SUCCEEDED(code), "%s: %s", state, message);
  const char *steps[] = {"CREATE TABLE t (name TEXT)", "INSERT INTO t VALUES ('hardened')", "SELECT upper(name) FROM t"};
  for (int i = 0; i < 3; i++) {
    SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement);
    CHECK(SQL_SUCCEEDED(SQLExecDirect(statement, (SQLCHAR *)steps[i], SQL_NTS)), "%s", steps[i]);
  }
  CHECK(SQL_SUCCEEDED(SQLFetch(statement)), "no row");
  SQLGetData(statement, 1, SQL_C_CHAR, text, sizeof text, NULL);
  CHECK(!strcmp((char *)text, "HARDENED"), "read %s", text);
  printf("the driver \"SQLite3\" brought %s\n", text);
  return 0;
}
