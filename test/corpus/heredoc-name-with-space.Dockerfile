FROM debian:trixie-slim
RUN <<'end of script'
echo one
end of script
RUN echo after
