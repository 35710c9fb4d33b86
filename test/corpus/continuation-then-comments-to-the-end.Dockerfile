FROM debian:trixie-slim
RUN echo something \
# nothing follows

   
