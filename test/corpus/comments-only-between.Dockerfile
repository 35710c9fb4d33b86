# A header
# of two lines

# another block
FROM debian:trixie-slim

#no space
#
#   # nested
RUN true # not a comment for the parser

# a last word
