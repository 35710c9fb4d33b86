FROM debian:trixie-slim   
RUN true	 
ENV A=b  
CMD ["true"] 	
   
	
