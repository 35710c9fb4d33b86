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
  SQLCHAR *words = (SQLCHAR *)"Driver={PostgreSQL Unicode};Server=127.0.0.1;Database=probe;UID=probe;PWD=secret";
  SQLRETURN code = SQLDriverConnect(connection, NULL, words, SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT);
  SQLCHAR state[6] = "", message[512] = "";
  SQLINTEGER native = 0;
  if (!SQL_SUCCEEDED(code)) SQLGetDiagRec(SQL_HANDLE_DBC, connection, 1, state, &native, message, sizeof message, NULL);
  CHECK(SQL_SUCCEEDED(code), "%s: %s", state, message);
  SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement);
  SQLINTEGER sum = 0;
  CHECK(SQL_SUCCEEDED(SQLExecDirect(statement, (SQLCHAR *)"SELECT sum(n)::int FROM generate_series(1, 100) n", SQL_NTS)), "no answer");
  CHECK(SQL_SUCCEEDED(SQLFetch(statement)), "no row");
  SQLGetData(statement, 1, SQL_C_SLONG, &sum, 0, NULL);
  CHECK(sum == 5050, "sum is %d", (int)sum);
  printf("the driver \"PostgreSQL Unicode\" brought %d\n", (int)sum);
  return 0;
}
