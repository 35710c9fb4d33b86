FROM debian:trixie-slim
RUN echo one \   
    two \	
    three
CMD ["true"]
