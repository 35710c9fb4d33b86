FROM debian:trixie-slim
ENV TEXT="starts here \
goes on \
ends here"
RUN echo "$TEXT"
