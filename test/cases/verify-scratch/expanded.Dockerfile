FROM scratch
COPY server /server
# DHI-VERIFY: this stage can't be checked
