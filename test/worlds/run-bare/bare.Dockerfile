FROM scratch
COPY --chmod=755 <<XX /readme
text
XX
USER 4711:4711
ENV PATH=/opt/bin LD_PRELOAD=/none.so
