#include <Python.h>

static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(42); }

static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, "the answer"}, {0}};
static PyModuleDef module = {PyModuleDef_HEAD_INIT, "answer", 0, -1, methods};

PyMODINIT_FUNC PyInit_answer(void) { return PyModule_Create(&module); }
