FROM debian:trixie-slim
RUN echo one && \
# a comment at the margin
    # an indented comment
	# a comment behind a tab \
    echo two && \
    # the last one
    echo three
