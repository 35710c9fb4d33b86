# check=skip=JSONArgsRecommended
# escape=\
FROM debian:trixie-slim
CMD echo hello
