FROM debian:trixie-slim
ENV A=1 \
    B=2
RUN echo one && \
    echo two
CMD ["true"]
