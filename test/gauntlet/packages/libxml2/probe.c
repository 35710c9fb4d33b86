#include "probe.h"
#include <libxml/parser.h>
#include <libxml/xpathInternals.h>

int main(void) {
  const char *text = "<list xmlns='urn:x'><item price='40'>caf\xc3\xa9</item><item price='2'/></list>";
  xmlDocPtr document = xmlReadMemory(text, strlen(text), "list.xml", NULL, XML_PARSE_NONET);
  CHECK(document, "not parsed");
  xmlXPathContextPtr context = xmlXPathNewContext(document);
  xmlXPathRegisterNs(context, BAD_CAST "x", BAD_CAST "urn:x");
  xmlXPathObjectPtr sum = xmlXPathEvalExpression(BAD_CAST "sum(//x:item/@price)", context);
  CHECK(sum && sum->floatval == 42, "no sum");
  xmlChar *latin;
  int size;
  xmlDocDumpMemoryEnc(document, &latin, &size, "ISO-8859-1");
  CHECK(strstr((char *)latin, "caf\xe9<"), "not in ISO-8859-1: %s", latin);
  printf("XPath sums %g; written in ISO-8859-1: %d bytes\n", sum->floatval, size);
  return 0;
}
