FROM debian:trixie-slim
RUN ["echo", "<<EOF"]
RUN echo "<<EOF" '<<EOF'
RUN test 4 = $((1<<2))
