ARG ONE=1 TWO="two words" THREE
FROM debian:trixie-slim
ARG ONE TWO THREE=3 FOUR
RUN echo "$ONE $TWO $THREE $FOUR"
