# escape=\
FROM debian:trixie-slim
RUN echo one \
    two
