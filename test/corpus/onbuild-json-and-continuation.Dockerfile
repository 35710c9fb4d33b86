FROM debian:trixie-slim
ONBUILD RUN ["echo", "trigger"]
onbuild   run   echo one \
  two
ONBUILD \
  WORKDIR /srv
