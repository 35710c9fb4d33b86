FROM debian:trixie-slim
RUN echo one && \

    echo two && \
   	
    echo three
CMD ["true"]
