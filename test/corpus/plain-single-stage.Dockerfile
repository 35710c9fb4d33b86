FROM debian:trixie-slim
WORKDIR /srv
RUN echo hello > greeting
CMD ["cat", "/srv/greeting"]
