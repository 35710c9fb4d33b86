FROM debian:trixie-slim
ENV ONE=1 \
    TWO="two words" \
    THREE=three\ words \
    # a comment between
    FOUR='single $ONE' \
    FIVE="a \"quote\""
RUN echo "$ONE $TWO $THREE $FOUR $FIVE"
