FROM debian:trixie-slim
ENV WINDOWS=c:\\dir\\
ENV NEXT=own-line
RUN echo three \\\
RUN echo not continued
