FROM debian:trixie-slim
RUN echo "it's" 'a "test"' && echo \"escaped\" \'too\' \
    && printf '%s\n' "multi \
line" 'and # no comment'
RUN echo it\'s open ended
