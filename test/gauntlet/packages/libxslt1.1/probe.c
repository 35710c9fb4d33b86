#include "probe.h"
#include <libexslt/exslt.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

static const char SHEET[] =
    "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform' xmlns:math='http://exslt.org/math'>"
    "<xsl:output method='text'/><xsl:template match='/'><xsl:for-each select='//n'><xsl:sort data-type='number'/>"
    "<xsl:value-of select='.'/>,</xsl:for-each>max <xsl:value-of select='math:max(//n)'/></xsl:template></xsl:stylesheet>";

int main(void) {
  const char *text = "<list><n>7</n><n>21</n><n>3</n></list>";
  exsltRegisterAll();
  xsltStylesheetPtr sheet = xsltParseStylesheetDoc(xmlReadMemory(SHEET, strlen(SHEET), "sheet.xsl", NULL, 0));
  CHECK(sheet, "the style sheet is not parsed");
  xmlDocPtr result = xsltApplyStylesheet(sheet, xmlReadMemory(text, strlen(text), "list.xml", NULL, 0), NULL);
  xmlChar *out;
  int size;
  CHECK(result && xsltSaveResultToString(&out, &size, result, sheet) == 0, "not transformed");
  CHECK(!strcmp((char *)out, "3,7,21,max 21"), "transformed to %s", out);
  printf("transformed to \"%s\"\n", out);
  return 0;
}
