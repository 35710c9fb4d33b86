# Python as hardened images of Debian 12 have it: all of it below /opt/python, with a shared library that no folder of the loader has.
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libpython3.13-dev libpython3.13 python3 && rm -rf /var/lib/apt/lists/*
RUN mkdir -p /opt/python/bin /opt/python/lib && cp -a /usr/lib/python3.13 /opt/python/lib/ && mv /usr/lib/x86_64-linux-gnu/libpython3.13.so.1.0 /opt/python/lib/ && \
    printf '#include <Python.h>\nint main(int count, char **words) { return Py_BytesMain(count, words); }\n' | \
      gcc -x c - -I/usr/include/python3.13 -x none -o /opt/python/bin/python3.13 /opt/python/lib/libpython3.13.so.1.0 && \
    ln -s python3.13 /opt/python/bin/python3 && rm -rf /usr/bin/*python3* /usr/lib/python3* /usr/include/python3* /usr/lib/x86_64-linux-gnu/libpython3*
ENV PATH=/opt/python/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LD_LIBRARY_PATH=/opt/python/lib
